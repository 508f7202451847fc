import { ref, shallowRef } from 'vue'
import { ApiProblem } from '../api/problem'

/** One sending at a time; what went wrong stays until the next try. `run` says whether it went well. */
export function useSubmit() {
  const sending = ref(false)
  const problem = shallowRef<ApiProblem | null>(null)

  async function run(send: () => Promise<void>): Promise<boolean> {
    if (sending.value) return false
    sending.value = true
    problem.value = null
    try {
      await send()
      return true
    } catch (error) {
      problem.value = error instanceof ApiProblem ? error : ApiProblem.network(error)
      return false
    } finally {
      sending.value = false
    }
  }

  return { sending, problem, run }
}
