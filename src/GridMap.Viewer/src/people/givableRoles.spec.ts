import { expect, test } from 'vitest'
import { givableRoles, roles } from './givableRoles'

test('nobody gives more than they have', () => {
  expect(givableRoles([{ role: 'admin' }])).toEqual(roles)
  expect(givableRoles([{ role: 'grid_leader' }])).toEqual(['grid_worker', 'volunteer'])
  expect(givableRoles([{ role: 'volunteer' }, { role: 'grid_worker' }])).toEqual([])
  expect(givableRoles([{ role: 'campaign_office' }, { role: 'grid_leader' }])).not.toContain('admin')
})
