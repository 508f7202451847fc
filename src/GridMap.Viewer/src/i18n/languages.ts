export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

const kept = 'gridmap.language'

/** The link's language, else the one chosen last, else the browser's; Chinese where that is neither. */
export function startLanguage(asked: string | null): Language {
  const wishes = [asked, localStorage.getItem(kept), ...navigator.languages]
  for (const wish of wishes) {
    if (wish?.toLowerCase().startsWith('zh')) return 'zh-CN'
    if (wish?.toLowerCase().startsWith('en')) return 'en'
  }
  return 'zh-CN'
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(kept, language)
  document.documentElement.lang = language
}
