import type { Campaign, ChangedCampaign, NewCampaign } from '../api/types'
import { dayAfter } from '../time/zonedTime'

/** A work item as it is typed. */
export interface ItemDraft {
  key: number
  code: string
  name: string
  nameEn: string
  unit: string
  weight: string
}

export interface PhaseDraft {
  key: number
  name: string
  nameEn: string
  from: string
  to: string
}

/** A campaign as it is typed; the lights are whole or broken percentages. */
export interface CampaignDraft {
  name: string
  nameEn: string
  from: string
  to: string
  zoneLevel: number
  items: ItemDraft[]
  phases: PhaseDraft[]
  green: string
  yellow: string
}

let last = 0
const key = (): number => ++last
const percent = (share: number): string => String(Math.round(share * 1000) / 10)

/** A code that no item has yet: who names work items need not think of one. */
export function freeCode(items: readonly { code: string }[]): string {
  for (let n = items.length + 1; ; n++) if (!items.some(({ code }) => code === `item-${n}`)) return `item-${n}`
}

export function newItem(items: readonly { code: string }[]): ItemDraft {
  return { key: key(), code: freeCode(items), name: '', nameEn: '', unit: '', weight: '1' }
}

/** The next phase begins where the last one ends. */
export function newPhase({ phases, from, to }: Pick<CampaignDraft, 'phases' | 'from' | 'to'>): PhaseDraft {
  const before = phases.at(-1)?.to
  return { key: key(), name: '', nameEn: '', from: before && before < to ? dayAfter(before) : from, to }
}

/** Of a campaign that is there, or of one like it; without either the usual lights and one item. */
export function draftOf(campaign: Campaign | null, today: string, zoneLevel: number): CampaignDraft {
  if (!campaign) return { name: '', nameEn: '', from: today, to: '', zoneLevel, items: [newItem([])], phases: [], green: '95', yellow: '80' }
  const { name, nameEn, from, to, items, phases, limits } = campaign
  return {
    name, nameEn, from, to, zoneLevel: campaign.zoneLevel,
    items: items.map((item) => ({ ...item, key: key(), weight: String(item.weight) })),
    phases: phases.map((phase) => ({ ...phase, key: key() })),
    green: percent(limits.green), yellow: percent(limits.yellow),
  }
}

/** One like another: its items and lights, days and phases of its own. */
export function draftLike(campaign: Campaign, today: string): CampaignDraft {
  return { ...draftOf(campaign, today, campaign.zoneLevel), from: today, to: '', phases: [] }
}

/** What of all that counts an item has, from 0 to 1; null where the weights say nothing. */
export function shareOf(items: readonly ItemDraft[], item: ItemDraft): number | null {
  const all = items.reduce((sum, { weight }) => sum + weightOf(weight), 0)
  return all > 0 && Number.isFinite(all) ? weightOf(item.weight) / all : null
}

/** Whether a phase has days, and these lie within the campaign's. */
export function fits(phase: PhaseDraft, { from, to }: Pick<CampaignDraft, 'from' | 'to'>): boolean {
  return phase.from !== '' && phase.to !== '' && phase.from <= phase.to && phase.from >= from && phase.to <= to
}

export function toNew(draft: CampaignDraft): NewCampaign {
  return {
    name: draft.name.trim(), nameEn: draft.nameEn.trim(), from: draft.from, to: draft.to, zoneLevel: draft.zoneLevel,
    items: draft.items.map(({ code, name, nameEn, unit, weight }) => ({ code: code.trim(), name: name.trim(), nameEn: nameEn.trim(), unit: unit.trim(), weight: weightOf(weight) })),
    limits: { green: shareOfPercent(draft.green), yellow: shareOfPercent(draft.yellow) },
    phases: draft.phases.map(phaseOf),
  }
}

export function toChanged(draft: CampaignDraft, version: number): ChangedCampaign {
  return {
    name: draft.name.trim(), nameEn: draft.nameEn.trim(), version,
    items: draft.items.map(({ code, name, nameEn }) => ({ code, name: name.trim(), nameEn: nameEn.trim() })),
    phases: draft.phases.map(phaseOf),
  }
}

const phaseOf = ({ name, nameEn, from, to }: PhaseDraft) => ({ name: name.trim(), nameEn: nameEn.trim(), from, to })
const weightOf = (text: string): number => Number(text)
const shareOfPercent = (text: string): number => Math.round(Number(text) * 10) / 1000

/** Where a campaign stands on a day. */
export function stageOf({ from, to }: Pick<Campaign, 'from' | 'to'>, day: string): 'planned' | 'running' | 'ended' {
  return day < from ? 'planned' : day > to ? 'ended' : 'running'
}
