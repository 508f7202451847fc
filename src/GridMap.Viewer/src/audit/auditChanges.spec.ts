import { expect, test } from 'vitest'
import { auditChanges } from './auditChanges'

test('fields stand side by side, what changed first, what was never there not at all', () => {
  expect(auditChanges({ name: 'Li', to: null, role: 'a' }, { name: 'Li', to: '2026', ended: [1, 2], role: 'b' })).toEqual([
    { field: 'to', before: null, after: '2026' },
    { field: 'role', before: 'a', after: 'b' },
    { field: 'ended', before: null, after: '[1,2]' },
    { field: 'name', before: 'Li', after: 'Li' },
  ])
})

test('an entry without details has none', () => {
  expect(auditChanges(null, null)).toEqual([])
  expect(auditChanges(null, 'x')).toEqual([{ field: '', before: null, after: 'x' }])
})
