import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/forms.css'
import { createApp } from 'vue'
import { createI18n } from 'vue-i18n'
import { startLanguage } from '../i18n/languages'
import { provideCategories } from '../issues/useCategories'
import { messages } from './messages'
import ReportApp from './ReportApp.vue'

const language = startLanguage(new URLSearchParams(location.search).get('lang'))
document.documentElement.lang = language
const words = createI18n({ legacy: false, locale: language, fallbackLocale: 'zh-CN', messages })
const app = createApp(ReportApp).use(words)
provideCategories(app, words.global.locale)
app.mount('#app')
