import { createI18n } from 'vue-i18n'
import en from './en'
import type { Language } from './languages'
import zh from './zh-CN'

export * from './languages'

export function createMessages(language: Language) {
  document.documentElement.lang = language
  return createI18n({ legacy: false, locale: language, fallbackLocale: 'zh-CN', messages: { 'zh-CN': zh, en } })
}
