/** What an entry changed, field by field. */
export interface Change {
  field: string
  before: string | null
  after: string | null
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

function text(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The fields of before and after side by side, those that differ first; what is no record is one field without a name. */
export function auditChanges(before: unknown, after: unknown): Change[] {
  if (!isRecord(before) && !isRecord(after)) {
    const change = { field: '', before: text(before), after: text(after) }
    return change.before === null && change.after === null ? [] : [change]
  }
  const [was, is] = [isRecord(before) ? before : {}, isRecord(after) ? after : {}]
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  const changes = fields.map((field) => ({ field, before: text(was[field]), after: text(is[field]) })).filter((change) => change.before !== null || change.after !== null)
  return changes.sort((a, b) => Number(b.before !== b.after) - Number(a.before !== a.after))
}
