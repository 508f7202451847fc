import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useAddress } from '../address/useAddress'
import { api, take } from '../api/client'
import type { ProgressAnswer, ProgressDays } from '../api/types'
import { useLoad } from '../api/useLoad'
import { defineShared } from '../app/defineShared'
import { useView } from '../map/useView'
import { dayIndex, openingDay } from './campaignDays'
import { frozenDifference } from './frozenDifference'
import { useCampaigns } from './useCampaigns'
import { countLights, zoneRows } from './zoneRows'

/** A day is asked for, and written into the address, when the slider has rested this long. */
const rest = 200
const frame = 150

/**
 * The progress of the level that the map shows. All days come in one answer per campaign and level: the slider and
 * the play button then ask for nothing. The table of one day, with what only it knows, follows when the day has settled.
 */
export const [provideProgress, useProgress] = defineShared('progress', () => {
  const address = useAddress()
  const { campaign, battle, revision } = useCampaigns()
  const { filled } = useView()

  const level = computed(() => (campaign.value && filled.value !== null ? Math.min(filled.value, campaign.value.zoneLevel) : null))
  /** Frozen days as they were frozen, or as they are known now. */
  const known = computed(() => address.state.known)
  const question = computed(() => (campaign.value && battle.value && level.value !== null ? `${campaign.value.id}/${level.value}/${known.value ?? ''}` : null))

  const kept = new Map<string, { days: ProgressDays; revision: number }>()
  const daysLoad = useLoad(question, async (asked, signal) => {
    const now = revision.value
    const old = kept.get(asked)
    if (old?.revision === now) return old.days
    const [id, at, as] = asked.split('/')
    const days = (await take(api.GET('/api/v1/campaigns/{id}/progress/days', { params: { path: { id: Number(id) }, query: { level: Number(at), asKnown: as || undefined } }, signal }))) as ProgressDays
    kept.set(asked, { days, revision: now })
    return days
  })
  // What was shown stays until the next is there: a zoom to another level is no reason to go blank.
  const days = shallowRef<ProgressDays | null>(null)
  watch(daysLoad.data, (now) => now && (days.value = now))

  const chosen = ref(address.state.day)
  address.onReturn(() => (chosen.value = address.state.day))
  const wanted = computed(() => chosen.value ?? (campaign.value ? openingDay(campaign.value) : null))
  const index = computed(() => (days.value && wanted.value ? dayIndex(days.value.days, wanted.value) : -1))
  const day = computed(() => days.value?.days[index.value] ?? wanted.value)

  const settled = ref<string | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    day,
    (now) => {
      clearTimeout(timer)
      if (settled.value === null) settled.value = now
      else timer = setTimeout(settle, rest)
    },
    { immediate: true },
  )
  function settle(): void {
    if (playing.value) return
    settled.value = day.value
    if (chosen.value !== address.state.day) address.adjust({ day: chosen.value })
  }

  const dayQuestion = computed(() => (question.value && settled.value ? `${question.value}/${settled.value}` : null))
  const detailLoad = useLoad(dayQuestion, (asked, signal) => {
    const [id, at, as, on] = asked.split('/')
    return table(Number(id), Number(at), on as string, as || undefined, signal)
  })
  const table = (id: number, at: number, on: string, asKnown: string | undefined, signal: AbortSignal) =>
    take(api.GET('/api/v1/campaigns/{id}/progress', { params: { path: { id }, query: { level: at, on, asKnown } }, signal })) as Promise<ProgressAnswer>
  const lastDetail = shallowRef<ProgressAnswer | null>(null)
  watch(detailLoad.data, (now) => now && (lastDetail.value = now))
  watch(revision, () => {
    void daysLoad.reload()
    void detailLoad.reload()
    void otherLoad.reload()
  })

  // Of a frozen day the other table is asked for too: only the two together say whether there is something to choose.
  const otherLoad = useLoad(
    () => (lastDetail.value?.frozenAt && lastDetail.value.on === settled.value ? dayQuestion.value : null),
    (asked, signal) => {
      const [id, at, as, on] = asked.split('/')
      return table(Number(id), Number(at), on as string, as ? undefined : 'now', signal)
    },
  )
  /** How the shown day differs from what is known of it now; null while that is not known, and when it does not. */
  const difference = computed(() => {
    const [shown, other] = [detail.value, otherLoad.data.value]
    if (!shown?.frozenAt || other?.on !== shown.on || other.level !== shown.level) return null
    return known.value === 'now' ? frozenDifference(other, shown) : frozenDifference(shown, other)
  })
  const choosing = (now: 'now' | null) => address.adjust({ known: now })

  /** The table of the shown day; null while it is on its way and while the campaign plays. */
  const detail = computed(() => (lastDetail.value?.on === day.value && lastDetail.value?.level === days.value?.level ? lastDetail.value : null))
  const byCode = computed(() => new Map(detail.value?.rows.flatMap((row) => (row.code ? [[row.code, row] as const] : [])) ?? []))
  const rows = computed(() => (days.value && index.value >= 0 ? zoneRows(days.value, index.value, byCode.value, detail.value?.workday ?? false) : null))
  const counts = computed(() => (rows.value ? countLights(rows.value) : null))

  function choose(to: string): void {
    stop()
    chosen.value = campaign.value && to === openingDay(campaign.value) ? null : to
  }

  const playing = ref(false)
  let player: ReturnType<typeof setInterval> | undefined
  function play(): void {
    const all = days.value?.days
    if (!all || all.length < 2) return
    // From the end it starts over: the last day alone is no film.
    let at = index.value >= all.length - 1 ? 0 : index.value
    playing.value = true
    chosen.value = all[at] ?? null
    player = setInterval(() => {
      at++
      chosen.value = all[at] ?? null
      if (at >= all.length - 1) stop()
    }, frame)
  }
  function stop(): void {
    if (!playing.value) return
    clearInterval(player)
    playing.value = false
    clearTimeout(timer)
    timer = setTimeout(settle, rest)
  }
  watch(question, stop)
  onScopeDispose(() => {
    clearInterval(player)
    clearTimeout(timer)
  })

  const total = computed(() => {
    const all = days.value?.total
    const i = index.value
    if (!all || i < 0) return null
    return { percent: all.percent[i] ?? null, planned: all.planned[i] ?? null, issuesNew: all.issuesNew[i] ?? 0, issuesWrittenOff: all.issuesWrittenOff[i] ?? 0 }
  })

  return {
    level,
    days,
    day,
    settled,
    index,
    rows,
    counts,
    total,
    detail,
    known,
    difference,
    showKnown: choosing,
    choose,
    play,
    stop,
    playing,
    /** Show only this on the list; on the map the rest is dimmed. */
    problem: computed(() => daysLoad.problem.value ?? detailLoad.problem.value),
    reload: async () => {
      await Promise.all([daysLoad.reload(), detailLoad.reload()])
    },
  }
})
