/** The names of the wire, taken from the generated document, so that features import them from one place. */
import type { components } from './schema'

type Schemas = components['schemas']

export type Settings = Schemas['Settings']
export type Level = Schemas['Level']
export type Point = Schemas['Point']
export type Role = Schemas['Role']
export type Responsible = Schemas['Responsible']
export type ChainGrid = Schemas['ChainGrid']
export type ChainLink = Schemas['ChainLink']
export type LookupAnswer = Schemas['LookupAnswer']
export type Grid = Schemas['Grid']
export type GridDetail = Schemas['GridDetail']
export type Category = Schemas['Category']
export type IssueState = Schemas['IssueState']
export type IssueListItem = Schemas['IssueListItem']
export type IssueDetail = Schemas['IssueDetail']
export type IssueReceipt = Schemas['IssueReceipt']
export type IssueCounts = Schemas['IssueCounts']
export type GridCounts = Schemas['GridCounts']
export type StateCounts = Schemas['StateCounts']
export type Problem = Schemas['Problem']
