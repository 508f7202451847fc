import { computed } from 'vue'
import { take } from '../api/client'
import type { NewWorkLog, WorkLogReceipt } from '../api/types'
import { isFinal, useWaiting, type Waiting } from '../offline/useWaiting'
import { useSession } from '../session/useSession'
import { postWorkLog } from './postWorkLog'

/** A log that waits in the phone. */
export interface WaitingLog extends Waiting {
  campaign: number
  /** Whose it is: on a phone that several use nobody sends what another has written. */
  account: number | null
  zoneName: string
  log: NewWorkLog
}

/** Logs that wait for a network; each is one log however often it is tried. Who has to sign in again loses nothing. */
export function useLogOutbox(sent: (item: WaitingLog) => void) {
  const { me } = useSession()
  const account = computed(() => me.value?.accountId ?? null)
  const isMine = (item: WaitingLog) => item.account === account.value
  const outbox = useWaiting<WaitingLog, WorkLogReceipt>('gridmap-worklog', 'logs', (item) => take(postWorkLog(item.campaign, item.log, item.photos, item.key)), {
    isFinal: (problem) => problem.status !== 401 && problem.code !== 'password_change_required' && isFinal(problem),
    isMine,
    sent,
  })
  return {
    ...outbox,
    waiting: computed(() => outbox.waiting.value.filter(isMine)),
    put: (campaign: number, zoneName: string, log: NewWorkLog, photos: Blob[]) => outbox.put({ campaign, account: account.value, zoneName, log, photos }),
  }
}

export type LogOutbox = ReturnType<typeof useLogOutbox>
