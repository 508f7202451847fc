import { expect, test } from 'vitest'
import type { Permission } from '../api/types'
import { mayOpen, pagesFor, type Rights } from './pagesFor'

const rights = (somewhere: Permission[], everywhere: Permission[] = []): Rights => ({ can: (p) => somewhere.includes(p), canEverywhere: (p) => everywhere.includes(p) })

test('a volunteer has their own pages only', () => {
  expect(pagesFor(rights(['see-map', 'report']))).toEqual(['me', 'inbox', 'security'])
})

test('a leader sees the people of their grids, and no account', () => {
  expect(pagesFor(rights(['see-people', 'appoint', 'manage-accounts']))).toEqual(['me', 'progress', 'statistics', 'resources', 'inbox', 'security', 'people'])
})

test('accounts and keys are for who manages them on the whole territory', () => {
  const all = rights(['see-people', 'exchange-people', 'see-audit', 'manage-accounts'], ['manage-accounts'])
  expect(pagesFor(all)).toEqual(['me', 'progress', 'statistics', 'resources', 'inbox', 'security', 'people', 'staff', 'accounts', 'keys', 'audit'])
  expect(mayOpen('signin', rights([]))).toBe(true)
})

test('who logs work has the page for it', () => {
  expect(pagesFor(rights(['log-work']))).toEqual(['me', 'worklog', 'inbox', 'security'])
})

test('who handles issues has a page of them', () => {
  expect(pagesFor(rights(['handle-issues']))).toEqual(['me', 'issues', 'inbox', 'security'])
})

test('the desk of the hotline is reached from the issues, the calendar is for who directs everywhere', () => {
  expect(mayOpen('hotline', rights(['handle-issues']))).toBe(true)
  expect(pagesFor(rights(['direct-issues']))).toEqual(['me', 'inbox', 'security', 'points', 'surveys'])
  expect(pagesFor(rights(['direct-issues'], ['direct-issues']))).toContain('calendar')
})

test('a planner has the plans in the menu; the desk is reached from there', () => {
  expect(pagesFor(rights(['plan']))).toEqual(['me', 'inbox', 'security', 'plans'])
  expect(mayOpen('plan', rights(['plan']))).toBe(true)
  expect(mayOpen('plan', rights([]))).toBe(false)
})

test('points are for who directs issues', () => {
  expect(pagesFor(rights(['handle-issues', 'direct-issues']))).toEqual(['me', 'issues', 'inbox', 'security', 'points', 'surveys'])
})

test('the schedule is for who runs campaigns', () => {
  expect(pagesFor(rights(['run-campaigns']))).toEqual(['me', 'campaigns', 'schedule', 'inbox', 'security'])
  expect(mayOpen('schedule', rights(['see-map', 'log-work']))).toBe(false)
})
