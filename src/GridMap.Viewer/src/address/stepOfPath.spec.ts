import { expect, test } from 'vitest'
import { stepOfPath } from './stepOfPath'

test('a message leads to the page that its path names', () => {
  expect(stepOfPath('/me')).toEqual({ page: 'me' })
  expect(stepOfPath('/grids/440605101003/people')).toEqual({ page: 'people', grid: '440605101003' })
  expect(stepOfPath('/grids/58')).toEqual({ panel: 'grid', grid: '58' })
  expect(stepOfPath('/worklog/3/58/2026-09-12')).toEqual({ page: 'worklog', campaign: 3, filters: { zone: '58', day: '2026-09-12' } })
  expect(stepOfPath('/issues/261127-00001')).toEqual({ panel: 'issue', issue: '261127-00001' })
})

test.each(['', '/', '/elsewhere', '//elsewhere.example/me', 'https://elsewhere.example/me', '/grids/a b/people', 'javascript:alert(1)'])('"%s" leads nowhere', (path) => expect(stepOfPath(path)).toBeNull())
