/** What is arranged for a day, in a cell: what is done and who sees to it; a dash where nothing was arranged for the day itself. */
export function saidOf(words: string | null, name: string | null, number: number | null, nothing: string): string {
  if (words === null) return '–'
  return [words || nothing, name ?? (number === null ? '' : String(number))].filter(Boolean).join(' · ')
}
