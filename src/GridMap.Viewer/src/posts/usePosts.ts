import { computed, onScopeDispose } from 'vue'
import { api, take, takeAll } from '../api/client'
import { useLoad } from '../api/useLoad'
import { useEvents } from '../events/useEvents'
import { useSession } from '../session/useSession'

const most = 2_000
const quiet = 300

/** The posts that grids and those inside them offer (null: all), newest first; for whoever is signed in, with what became of their own claim. */
export function usePosts(question: () => { grids: readonly string[] | null; all: boolean } | null) {
  const { on } = useEvents()
  const { me } = useSession()
  const asked = computed(() => {
    const now = question()
    return now && JSON.stringify([now.grids, now.all, me.value?.personId ?? null])
  })
  const load = useLoad(asked, async (text, signal) => {
    const [grids, all] = JSON.parse(text) as [string[] | null, boolean]
    const of = (grid: string | undefined) => takeAll((cursor) => take(api.GET('/api/v1/posts', { params: { query: { grid, all, limit: 200, cursor } }, signal, cache: 'no-store' })), most)
    const lists = await Promise.all(grids ? grids.map(of) : [of(undefined)])
    const posts = new Map(lists.flatMap(({ items }) => items).map((post) => [post.id, post]))
    return [...posts.values()].sort((a, b) => b.id - a.id)
  })

  // A claim that was decided is told to who made it, and a claim to the leader.
  let timer: ReturnType<typeof setTimeout> | undefined
  function refreshSoon(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void load.reload(), quiet)
  }
  on('inbox', refreshSoon)
  on('duty', refreshSoon)
  onScopeDispose(() => clearTimeout(timer))

  return { posts: load.data, problem: load.problem, reload: load.reload }
}
