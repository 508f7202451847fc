import { computed } from 'vue'
import { useAddress } from '../address/useAddress'
import { api, take } from '../api/client'
import type { SurveyResults } from '../api/types'
import { useLoad } from '../api/useLoad'
import { defineShared } from '../app/defineShared'
import { useView } from '../map/useView'
import { ranked } from './surveyFigures'

/** The survey that the map is coloured by, if the address names one: its results on the level that is filled. */
export const [provideSurveyMap, useSurveyMap] = defineShared('surveyMap', () => {
  const { state: address } = useAddress()
  const { filled } = useView()
  const shown = computed(() => address.survey !== null)
  const item = computed(() => address.question ?? 0)
  const question = computed(() => (address.survey === null || filled.value === null ? null : `${address.survey} ${filled.value}`))
  const { data, problem, reload } = useLoad(question, (asked, signal) => {
    const [id, level] = asked.split(' ').map(Number)
    // Without a format it is JSON; the document cannot say so.
    return take(api.GET('/api/v1/surveys/{id}/results', { params: { path: { id: id as number }, query: { level } }, signal, cache: 'no-store' })) as Promise<SurveyResults>
  })
  const rows = computed(() => (data.value ? ranked(data.value.items, data.value.questions, item.value, 'worst') : null))

  return { shown, item, results: data, rows, problem, reload }
})
