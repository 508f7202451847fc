import { onScopeDispose, watch, type Ref } from 'vue'
import { ApiProblem, isAbort } from '../api/problem'
import { useLoad } from '../api/useLoad'

/** A small picture of a poster, or why there is none. Its memory is given back when another takes its place. */
export function usePosterPreview(address: Readonly<Ref<string | null>>) {
  const load = useLoad(address, picture)
  watch(load.data, (_, old) => old && URL.revokeObjectURL(old))
  onScopeDispose(() => load.data.value && URL.revokeObjectURL(load.data.value))
  return load
}

async function picture(address: string, signal: AbortSignal): Promise<string> {
  let response: Response
  try {
    response = await fetch(address, { signal })
  } catch (error) {
    throw isAbort(error) ? error : ApiProblem.network(error)
  }
  if (!response.ok) throw ApiProblem.from(response, await response.json().catch(() => null))
  return URL.createObjectURL(await response.blob())
}
