import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { api, done, take } from '../api/client'
import type { ApiProblem } from '../api/problem'
import type { Me, Permission } from '../api/types'
import { useLoad } from '../api/useLoad'
import { defineShared } from '../app/defineShared'
import { useEvents } from '../events/useEvents'
import { useSettings } from '../settings/useSettings'

/** A burst of events is one question. */
const quiet = 250

/**
 * Who is signed in and what they may. The cookie is the browser's alone: the settings say whether there is a session, and only
 * then is it asked whose. A refusal for want of a session, wherever it comes, ends the session here too; what was typed stays.
 */
export const [provideSession, useSession] = defineShared('session', () => {
  const { settings, reload: reloadSettings, problem: settingsProblem } = useSettings()
  const events = useEvents()
  /** Rises when somebody signs in or out: who asked is part of the question. */
  const turn = ref(0)
  const signedIn = ref(false)
  /** It ended by itself: expired, revoked, switched off. */
  const lost = ref(false)
  const kept = shallowRef<Me | null>(null)

  watch(settings, (now) => now && (signedIn.value = now.signedIn), { immediate: true })
  const load = useLoad(() => (signedIn.value ? turn.value + 1 : null), (_, signal) => take(api.GET('/api/v1/me', { signal, cache: 'no-store' })))
  watch(load.data, (now) => now && (kept.value = now))
  watch(signedIn, (now) => {
    if (!now) kept.value = null
  })

  const me = computed(() => (signedIn.value ? (load.data.value ?? kept.value) : null))
  /** Whether it is known who is there: a page may say "sign in" only then. */
  const settled = computed(() => me.value !== null || load.problem.value !== null || (settings.value !== null && !signedIn.value) || settingsProblem.value !== null)
  const unread = computed(() => me.value?.unread ?? 0)
  const mustChange = computed(() => me.value?.mustChange ?? false)
  /** The map is not public and nobody is signed in: there is nothing but the door. */
  const locked = computed(() => settings.value !== null && !settings.value.publicMap && !signedIn.value)

  /** Allowed on some grid or other. */
  const can = (permission: Permission): boolean => me.value?.permissions.includes(permission) ?? false
  /** Allowed on the whole territory. */
  const canEverywhere = (permission: Permission): boolean => me.value?.everywhere.includes(permission) ?? false

  /** A map that is not public has loaded nothing for the public, and keeps nothing for them: it starts anew. */
  const startsAnew = (): boolean => {
    const closed = settings.value?.publicMap === false
    if (closed) location.reload()
    return closed
  }

  function begin(): void {
    if (startsAnew()) return
    lost.value = false
    signedIn.value = true
    turn.value++
    void reloadSettings()
    events.restart()
  }

  /** Throws the ApiProblem of a refusal. */
  async function signIn(name: string, password: string): Promise<void> {
    await done(api.POST('/api/v1/session', { body: { name, password } }))
    begin()
  }

  async function signOut(): Promise<void> {
    await done(api.DELETE('/api/v1/session'))
    if (startsAnew()) return
    signedIn.value = false
    lost.value = false
    await reloadSettings()
    events.restart()
  }

  /** A new password begins a new session, and ends the others. */
  async function changePassword(current: string, next: string): Promise<void> {
    await done(api.POST('/api/v1/me/password', { body: { current, new: next } }))
    await load.reload()
    events.restart()
  }

  function refused(problem: Pick<ApiProblem, 'status' | 'code'>): void {
    if (problem.code === 'password_change_required') void load.reload()
    if (problem.status !== 401 || problem.code !== 'key_required' || !signedIn.value) return
    signedIn.value = false
    lost.value = true
  }

  const watcher = {
    async onResponse({ response }: { response: Response }): Promise<void> {
      if (response.status !== 401 && response.status !== 403) return
      const body = (await response.clone().json().catch(() => ({}))) as { code?: string }
      refused({ status: response.status, code: body.code ?? '' })
    },
  }
  api.use(watcher)
  onScopeDispose(() => api.eject(watcher))

  let timer: ReturnType<typeof setTimeout> | undefined
  function refreshSoon(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void load.reload(), quiet)
  }
  events.on('inbox', refreshSoon)
  events.on('duty', refreshSoon)
  events.onResume(refreshSoon)
  onScopeDispose(() => clearTimeout(timer))

  return { me, settled, locked, lost, unread, mustChange, problem: load.problem, can, canEverywhere, signIn, signOut, changePassword, reload: load.reload }
})
