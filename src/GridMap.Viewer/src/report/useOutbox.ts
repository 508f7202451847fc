import { shallowRef } from 'vue'
import { take } from '../api/client'
import type { IssueReceipt, IssueReport } from '../api/types'
import { postReport } from '../issues/postReport'
import { useWaiting, type Waiting } from '../offline/useWaiting'

/** A report that waits in the phone. */
interface WaitingReport extends Waiting {
  report: IssueReport
}

/** What was reported from this phone, with the link to follow it. */
export interface Sent {
  number: string
  track: string
  category: string
  at: number
}

const kept = 'gridmap.reports'
const mostKept = 30

/** Reports that wait for a network, and what went: each is one issue however often it is tried. */
export function useOutbox() {
  const sent = shallowRef<readonly Sent[]>(JSON.parse(localStorage.getItem(kept) ?? '[]') as Sent[])
  const { waiting, sending, put, discard, retry } = useWaiting<WaitingReport, IssueReceipt>(
    'gridmap',
    'reports',
    (item) => take(postReport(item.report, item.photos, item.key)),
    {
      sent(item, receipt) {
        sent.value = [{ number: receipt.number, track: receipt.track ?? '', category: item.report.category ?? '', at: Date.now() }, ...sent.value].slice(0, mostKept)
        localStorage.setItem(kept, JSON.stringify(sent.value))
      },
    },
  )
  return { waiting, sent, sending, put: (report: IssueReport, photos: Blob[]) => put({ report, photos }), discard, retry }
}

export type Outbox = ReturnType<typeof useOutbox>
