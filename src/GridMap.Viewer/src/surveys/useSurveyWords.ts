import { useI18n } from 'vue-i18n'

/** A survey's own words in the language of the page; Chinese where there are no others. */
export function useSurveyWords() {
  const { locale } = useI18n()
  const choose = (zh: string | null | undefined, en: string | null | undefined): string => (locale.value === 'en' && en ? en : (zh ?? ''))
  return {
    titleOf: ({ title, titleEn }: { title: string; titleEn: string }) => choose(title, titleEn),
    wordsOf: ({ words, wordsEn }: { words?: string | null; wordsEn?: string | null }) => choose(words, wordsEn),
  }
}
