import type { IssueState } from './counts'

/**
 * The mark of an issue: state by shape and sign as well as by colour, overdue by a ring and a "!". One drawing for the
 * map's images and for every list. 24 x 24, the shape inside 4…20.
 */
export const stateColours: Readonly<Record<IssueState, string>> = {
  reported: '#c2352b',
  claimed: '#9a6200',
  rectified: '#2a5fa5',
  writtenOff: '#2c7a4b',
}

const shapes: Readonly<Record<IssueState, string>> = {
  reported: '<circle cx="12" cy="12" r="7.5" fill="FILL" stroke="#fff" stroke-width="1.5"/><circle cx="12" cy="12" r="2.6" fill="#fff"/>',
  claimed:
    '<path d="M12 3.2 20.8 12 12 20.8 3.2 12Z" fill="FILL" stroke="#fff" stroke-width="1.5" stroke-linejoin="round"/><path d="M8.6 12h6.8" stroke="#fff" stroke-width="2" stroke-linecap="round"/>',
  rectified:
    '<rect x="4.8" y="4.8" width="14.4" height="14.4" rx="2" fill="FILL" stroke="#fff" stroke-width="1.5"/><path d="M12 15.8V8.8m-3 2.8 3-3 3 3" fill="none" stroke="#fff" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round"/>',
  writtenOff:
    '<circle cx="12" cy="12" r="7.5" fill="FILL" stroke="#fff" stroke-width="1.5"/><path d="m8.6 12.2 2.4 2.4 4.4-4.8" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>',
}

const overdueRing = '<circle cx="12" cy="12" r="10.8" fill="none" stroke="#b3261e" stroke-width="1.6" stroke-dasharray="3 1.6"/>'
const overdueSign =
  '<circle cx="19.2" cy="4.8" r="4.6" fill="#b3261e" stroke="#fff" stroke-width="1.2"/><path d="M19.2 2.5v2.7m0 1.7v.1" stroke="#fff" stroke-width="1.5" stroke-linecap="round"/>'

export function markSvg(state: IssueState, overdue: boolean, size = 24): string {
  const shape = shapes[state].replace('FILL', stateColours[state])
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 24 24" aria-hidden="true">${overdue ? overdueRing : ''}${shape}${overdue ? overdueSign : ''}</svg>`
}
