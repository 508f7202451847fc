import residentEn from '../i18n/resident.en'
import residentZh from '../i18n/resident.zh-CN'
import reportEn from '../i18n/report.en'
import reportZh from '../i18n/report.zh-CN'
import surveyEn from '../i18n/survey.en'
import surveyZh from '../i18n/survey.zh-CN'

/** The words of the resident's pages and no others: a phone on a slow net carries all of it. */
export const messages = { 'zh-CN': { report: reportZh, ...residentZh, ...surveyZh }, en: { report: reportEn, ...residentEn, ...surveyEn } }
