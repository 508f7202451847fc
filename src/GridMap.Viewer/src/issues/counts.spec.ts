import { expect, test } from 'vitest'
import type { IssueListItem } from '../api/types'
import { byUrgency, openCount, totalCount, writtenOffShare } from './counts'

const counts = { reported: 3, claimed: 2, rectified: 1, writtenOff: 6, overdue: 2 }

test('open is all that is not written off, and the overdue are not counted twice', () => {
  expect(openCount(counts)).toBe(6)
  expect(totalCount(counts)).toBe(12)
  expect(writtenOffShare(counts)).toBe(0.5)
})

test('a grid without issues has no share', () => {
  expect(writtenOffShare({ reported: 0, claimed: 0, rectified: 0, writtenOff: 0, overdue: 0 })).toBeNull()
  expect(writtenOffShare(undefined)).toBeNull()
})

test('the list begins with what is overdue and ends with what is done', () => {
  const issue = (number: string, state: IssueListItem['state'], overdue: boolean, day: string): IssueListItem => ({
    number,
    state,
    overdue,
    paused: false,
    category: 'rubbish',
    reportedAt: `2026-05-${day}T08:00:00+08:00`,
    dueAt: `2026-05-${day}T18:00:00+08:00`,
    grid: null,
    gridName: null,
    point: { lon: 0, lat: 0 },
    days: 0,
  })
  const list = [issue('done', 'writtenOff', false, '01'), issue('later', 'claimed', false, '09'), issue('soon', 'reported', false, '08'), issue('late', 'rectified', true, '10'), issue('done-last', 'writtenOff', false, '02')]
  expect(list.sort(byUrgency).map(({ number }) => number)).toEqual(['late', 'soon', 'later', 'done-last', 'done'])
})
