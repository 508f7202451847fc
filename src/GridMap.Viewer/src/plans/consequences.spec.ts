import { expect, test } from 'vitest'
import { consequences } from './consequences'

const none = { changes: [], defects: { added: [], removed: [], count: 0, blocking: 0 }, moved: { households: 0, estimated: false, issues: 0 }, outerNodes: [] }
const change = (name: string, kind: string) => ({ id: 1, code: name, name, level: 4, change: kind, before: null, after: null })

test('what is only re-noded is not told', () => {
  expect(consequences({ ...none, changes: [change('A', 'reNoded')] }, ', ')).toEqual([{ key: 'nothing', values: {} }])
})

test('grids are counted and named, the first few', () => {
  const told = consequences({ ...none, changes: [change('A', 'reshaped'), ...['B', 'C', 'D', 'E', 'F'].map((name) => change(name, 'added'))] }, ', ')
  expect(told).toEqual([{ key: 'added', values: { n: 5, names: 'B, C, D, E…' } }, { key: 'reshaped', values: { n: 1, names: 'A' } }])
})

test('what keeps the plan from being published stands out', () => {
  const defect = { kind: 'gap', level: 4, blocks: true, codes: [], measure: null, unit: null, place: null }
  const told = consequences({ ...none, moved: { households: 41, estimated: true, issues: 6 }, defects: { added: [defect, { ...defect, blocks: false }], removed: [], count: 2, blocking: 1 } }, ', ')
  expect(told.map(({ key, bad = false }) => [key, bad])).toEqual([['households', false], ['estimated', false], ['issues', false], ['blocks', true], ['brings', false]])
})

test('what is wrong with the same grid as before, only more so, is no news', () => {
  const defect = { kind: 'households_out_of_range', level: 4, blocks: false, codes: ['A'], measure: 52, unit: 'count', place: null }
  const told = consequences({ ...none, defects: { added: [{ ...defect, measure: 34 }, { ...defect, codes: ['B'] }], removed: [defect], count: 2, blocking: 0 } }, ', ')
  expect(told).toEqual([{ key: 'brings', values: { n: 1 } }])
})
