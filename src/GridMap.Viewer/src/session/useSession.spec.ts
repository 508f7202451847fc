// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { defineComponent, h } from 'vue'
import { afterEach, expect, test, vi } from 'vitest'
import { api, take } from '../api/client'
import type { Me } from '../api/types'
import { mountWithStores, settings } from '../app/mountWithStores'
import { useSession } from './useSession'

const me: Me = {
  kind: 'session', name: 'leader', accountId: 4, personId: 7, personName: 'Lu', mustChange: false, unread: 2,
  roles: [{ dutyId: 1, role: 'grid_leader', gridId: 2, grid: null, from: '2026-01-01T00:00:00Z', to: null, standIn: false }],
  permissions: ['see-map', 'see-people', 'appoint'], everywhere: ['see-map'],
}
const refusal = (status: number, code: string) => () => Response.json({ title: 'No', status, code }, { status })

let end = () => {}
afterEach(() => end())

async function start(answers: Record<string, unknown>) {
  let session!: ReturnType<typeof useSession>
  const Probe = defineComponent({ setup: () => ((session = useSession()), () => h('i')) })
  const mounted = await mountWithStores(Probe, {}, answers)
  end = mounted.end
  await flushPromises()
  return { session, asked: mounted.asked }
}

test('the public is not asked who they are', async () => {
  const { session, asked } = await start({})
  expect(session.me.value).toBeNull()
  expect(session.settled.value).toBe(true)
  expect(asked.some(({ pathname }) => pathname === '/api/v1/me')).toBe(false)
})

test('who is signed in may what the service says, somewhere or everywhere', async () => {
  const { session } = await start({ '/api/v1/settings': { ...settings, signedIn: true }, '/api/v1/me': me })
  expect(session.me.value?.personName).toBe('Lu')
  expect(session.unread.value).toBe(2)
  expect([session.can('appoint'), session.canEverywhere('appoint'), session.can('manage-accounts')]).toEqual([true, false, false])
})

test('a refusal for want of a session ends it here too, wherever it comes', async () => {
  const { session } = await start({ '/api/v1/settings': { ...settings, signedIn: true }, '/api/v1/me': me, '/api/v1/inbox': refusal(401, 'key_required') })
  await take(api.GET('/api/v1/inbox')).catch(() => undefined)
  await flushPromises()
  expect([session.me.value, session.lost.value]).toEqual([null, true])
})

test('a wrong password is no lost session, and is told', async () => {
  const { session } = await start({ '/api/v1/session': refusal(401, 'bad_credentials') })
  await expect(session.signIn('leader', 'wrong')).rejects.toMatchObject({ code: 'bad_credentials' })
  expect([session.lost.value, session.me.value]).toEqual([false, null])
})

test('signing in asks whose session it is, signing out forgets it', async () => {
  const now = { ...settings }
  const { session } = await start({ '/api/v1/settings': () => now, '/api/v1/me': me, '/api/v1/session': () => new Response(null, { status: 204 }) })
  now.signedIn = true
  await session.signIn('leader', 'right')
  await vi.waitFor(() => expect(session.me.value?.name).toBe('leader'))
  now.signedIn = false
  await session.signOut()
  expect([session.me.value, session.can('appoint'), session.lost.value]).toEqual([null, false, false])
})

test('a map that is not public starts anew for whoever signs in', async () => {
  const reload = vi.spyOn(location, 'reload').mockImplementation(() => {})
  const { session } = await start({ '/api/v1/settings': { ...settings, publicMap: false }, '/api/v1/session': () => new Response(null, { status: 204 }) })
  await session.signIn('leader', 'right')
  expect(reload).toHaveBeenCalledTimes(1)
  reload.mockRestore()
})

test('a map that is not public has only its door, until somebody is signed in', async () => {
  const closed = { ...settings, publicMap: false, generation: null, bbox: null }
  expect((await start({ '/api/v1/settings': closed })).session.locked.value).toBe(true)
  end()
  expect((await start({ '/api/v1/settings': { ...closed, signedIn: true }, '/api/v1/me': me })).session.locked.value).toBe(false)
})
