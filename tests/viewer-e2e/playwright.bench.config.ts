import { defineConfig } from '@playwright/test'
import tests from './playwright.config'

/** make bench: the same browser and service as the tests, and figures instead of a verdict. */
export default defineConfig({ ...tests, testDir: 'bench' })
