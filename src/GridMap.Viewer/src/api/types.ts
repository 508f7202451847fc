/** The names of the wire, taken from the generated document, so that features import them from one place. */
import type { components } from './schema'

type Schemas = components['schemas']

export type Settings = Schemas['SettingsAnswer']
export type BaseMap = Schemas['BaseMapItem']
export type Level = Schemas['LevelItem']
export type Point = Schemas['Position']
export type Responsible = Schemas['Responsible']
export type ChainLink = Schemas['GridReference']
export type LookupAnswer = Schemas['LookupResult']
export type Grid = Schemas['GridItem']
export type GridDetail = Schemas['GridDetail']
export type Category = Schemas['CategoryItem']
export type IssueListItem = Schemas['IssueItem']
export type IssueDetail = Schemas['IssueDetail']
export type PersonWorkload = Schemas['PersonWorkload']
/** Asked for as a sheet it is a file. */
export type WriteOffBoard = Schemas['WriteOffBoard']
export type IssueExposure = Schemas['IssueExposure']
export type CalendarYear = Schemas['CalendarYear']
export type CalendarDay = Schemas['CalendarDay']
export type CalendarSheetReport = Schemas['CalendarSheetReport']
export type NoticeReading = Schemas['NoticeReading']
export type PointsBoard = Schemas['PointsBoard']
export type PointsLine = Schemas['PointsLine']
export type PointsEntry = Schemas['PointsEntryItem']
export type PointsRule = Schemas['PointsRuleItem']
export type PointsReward = Schemas['PointsReward']
export type PointsCheck = Schemas['PointsCheck']
export type TrackedIssue = Schemas['TrackedIssue']
export type IssueReceipt = Schemas['IssueReceipt']
export type IssueReport = Schemas['IssueReportBody']
export type IssueCounts = Schemas['IssueCounts']
export type GridCounts = Schemas['GridTally']
export type StateCounts = Schemas['IssueTally']
export type Campaign = Schemas['CampaignAnswer']
export type CampaignItem = Schemas['CampaignItem']
export type NewCampaign = Schemas['NewCampaign']
export type ChangedCampaign = Schemas['ChangedCampaign']
export type Rebase = Schemas['RebaseAnswer']
export type RebaseGrid = Schemas['RebaseGrid']
export type ScheduleEntry = Schemas['ScheduleEntry']
export type Arrangement = Schemas['ArrangementItem']
export type Recurring = Schemas['RecurringItem']
export type CampaignFocus = Schemas['CampaignFocus']
export type ScheduleSheetReport = Schemas['ScheduleSheetReport']
export type ScheduleSheetChange = Schemas['ScheduleSheetChange']
export type ArrangementSheetReport = Schemas['ArrangementSheetReport']
export type ArrangementSheetChange = Schemas['ArrangementSheetChange']
export type ProgressRow = Schemas['ProgressRow']
export type ProgressAnswer = Schemas['ProgressAnswer']
export type ProgressDays = Schemas['ProgressDays']
export type ProgressWeeks = Schemas['ProgressWeeks']
export type ProgressWeeksRow = Schemas['ProgressWeeksRow']
export type ProgressLevels = Schemas['ProgressLevels']
export type ProgressLevel = Schemas['ProgressLevel']
export type ResourceTable = Schemas['ResourceTable']
export type ResourceRow = Schemas['ResourceRow']
export type ResourceQuantity = Schemas['ResourceQuantity']
export type ResourceKind = Schemas['ResourceKind']
export type ResourcePlanEntry = Schemas['ResourcePlanEntry']
export type ResourceUse = Schemas['ResourceUseItem']
export type ZoneProgress = Schemas['ZoneProgress']
export type ZoneTrend = Schemas['ZoneTrend']
export type WorkLogItem = Schemas['WorkLogItem']
export type NewWorkLog = Schemas['NewWorkLog']
export type WorkLogReceipt = Schemas['WorkLogReceipt']
export type OwnWorkLog = Schemas['OwnWorkLog']
export type OwnZone = Schemas['OwnZone']
export type OwnArrangement = Schemas['OwnArrangement']
export type OwnZoneItem = Schemas['OwnZoneItem']
export type MissingLogs = Schemas['MissingLogs']
export type MissingLogRow = Schemas['MissingLogRow']
export type SignedPhoto = Schemas['SignedPhoto']

export type Me = Schemas['MeAnswer']
export type MyRole = Schemas['MyRole']
export type SessionItem = Schemas['SessionItem']
export type DemoAccount = Schemas['DemoAccount']
export type Account = Schemas['AccountItem']
export type Key = Schemas['KeyItem']
export type Person = Schemas['PersonItem']
export type Duty = Schemas['DutyItem']
export type DutyCorrection = Schemas['DutyCorrectionItem']
export type DutyGrid = Schemas['DutyGrid']
export type Post = Schemas['PostItem']
export type Claim = Schemas['ClaimItem']
export type AuditEntry = Schemas['AuditItem']
export type InboxItem = Schemas['InboxItem']
export type StaffReport = Schemas['StaffImportReport']
export type SheetError = Schemas['SheetError']
export type CategoryBody = Schemas['CategoryBody']
export type CategoryLimit = Schemas['CategoryLimitItem']
export type CategoryReport = Schemas['CategoryImportReport']
export type Role = Duty['role']

export type Plan = Schemas['PlanItem']
export type Generation = Schemas['GenerationItem']
export type ImportPreview = Schemas['ImportPreview']
export type ImportJob = Schemas['ImportJobItem']
/** The service always tells all of it. */
export type ImportReport = Required<Schemas['ImportReport']>
export type PlanDetail = Schemas['PlanDetail']
export type PlanEdit = Schemas['PlanEditItem']
export type PlanGrid = Schemas['PlanGridItem']
export type PlanDefect = Schemas['PlanDefectItem']
/** What has a default on the wire may be left out. */
export type EditBody = Partial<Schemas['PlanEditBody']>
export type EditReport = Schemas['EditReport']
export type GridChange = Schemas['GridChangeItem']
export type PlanConsequences = Schemas['PlanConsequences']
export type PlanComment = Schemas['PlanCommentItem']
export type PresentPlanner = Schemas['PresentPlanner']
export type RebaseConflict = Schemas['RebaseConflict']
export type DiffItem = Schemas['DiffItem']

export type Survey = Schemas['SurveyListItem']
export type SurveyDetail = Schemas['SurveyDetail']
export type SurveyItem = Schemas['SurveyItem']
export type SurveyReply = Schemas['SurveyReplyItem']
export type SurveyReplyBody = Schemas['SurveyReplyBody']
export type SurveyReceipt = Schemas['SurveyReceipt']
export type SurveyLine = Schemas['SurveyLine']
/** Asked for as a sheet it is a file. */
export type SurveyResults = Schemas['SurveyResultsAnswer']
export type SurveyLink = Schemas['SurveyLinkItem']
export type NewSurveyLinks = Schemas['NewSurveyLinks']
export type SurveyText = Schemas['SurveyText']

/** What a role may do on the grids that it reaches; the service decides, the screens only leave out what would be refused. */
export const permissions = [
  'see-map', 'report', 'handle-issues', 'direct-issues', 'erase-reporters', 'plan', 'run-campaigns', 'log-work', 'see-people', 'see-phones', 'appoint', 'exchange-people',
  'see-audit', 'manage-accounts',
] as const
export type Permission = (typeof permissions)[number]

/** RFC 9457, as the service fills it in. */
export interface Problem {
  title: string
  status: number
  detail?: string
  /** Stable: may be compared. */
  code: string
  errors?: Record<string, string[]>
}
