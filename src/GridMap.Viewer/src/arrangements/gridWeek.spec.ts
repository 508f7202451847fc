import { expect, test } from 'vitest'
import type { Arrangement } from '../api/types'
import { changesOf, daysOf } from './gridWeek'

const item = (day: string, words: string, version: number, recurring: number | null = null, person: number | null = null): Arrangement => ({ grid: 'A', day, words, version, recurring, person, personName: null })
const campaign = { from: '2026-09-01', to: '2026-11-30' }

test('a week has the days of the campaign, each with what was arranged and what comes back', () => {
  const days = daysOf('2026-08-31', campaign, [item('2026-09-01', '清洁日', 0, 4), item('2026-09-02', '观摩', 2)])
  expect(days.map(({ day, weekday }) => [day, weekday]).slice(0, 2)).toEqual([['2026-09-01', 'TU'], ['2026-09-02', 'WE']])
  expect(days).toHaveLength(6)
  expect([days[0]?.own, days[0]?.rules[0]?.words, days[1]?.own?.words, days[1]?.rules]).toEqual([null, '清洁日', '观摩', []])
  expect(daysOf('2026-11-30', campaign, [])).toHaveLength(1)
})

test('only what says something else is sent, with the version it was read at', () => {
  const days = daysOf('2026-09-07', campaign, [item('2026-09-07', '观摩', 3, null, 8), item('2026-09-08', '清洁日', 0, 4), item('2026-09-09', '', 1)])
  const written = (monday: string, tuesday: string, wednesday: string, person: number | null = 8) => [{ day: '2026-09-07', words: monday, person }, { day: '2026-09-08', words: tuesday, person: null }, { day: '2026-09-09', words: wednesday, person: null }]
  expect(changesOf('A', days, written('观摩', '', '无'), '无')).toEqual([])
  expect(changesOf('A', days, written('观摩', '大扫除', '无', 9), '无')).toEqual([
    { grid: 'A', day: '2026-09-07', words: '观摩', person: 9, version: 3 },
    { grid: 'A', day: '2026-09-08', words: '大扫除', person: null, version: 0 },
  ])
  expect(changesOf('A', days, written('无', '无', '清沟'), '无')).toEqual([
    { grid: 'A', day: '2026-09-07', words: '', person: null, version: 3 },
    { grid: 'A', day: '2026-09-08', words: '', person: null, version: 0 },
    { grid: 'A', day: '2026-09-09', words: '清沟', person: null, version: 1 },
  ])
})
