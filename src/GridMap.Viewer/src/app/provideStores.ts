import type { App } from 'vue'
import { provideAddress } from '../address/useAddress'
import { provideBaseMaps } from '../baseMaps/useBaseMaps'
import { provideCampaigns } from '../campaigns/useCampaigns'
import { provideComparing } from '../campaigns/useComparing'
import { provideProgress } from '../campaigns/useProgress'
import { provideZoneFilter } from '../campaigns/useZoneFilter'
import { provideEvents } from '../events/useEvents'
import { createMessages, startLanguage } from '../i18n'
import { provideCategories } from '../issues/useCategories'
import { provideCounts } from '../issues/useCounts'
import { provideIssues } from '../issues/useIssues'
import { provideViewport } from '../layout/useViewport'
import { providePosition } from '../lookup/usePosition'
import { provideView } from '../map/useView'
import { provideSession } from '../session/useSession'
import { provideSettings } from '../settings/useSettings'
import { provideSurveyMap } from '../surveys/useSurveyMap'

/** What all components share, in the order of dependencies. */
export function provideStores(app: App): void {
  const address = provideAddress(app)
  const messages = createMessages(startLanguage(address.state.lang))
  app.use(messages)
  provideViewport(app)
  const settings = provideSettings(app)
  provideBaseMaps(app)
  const events = provideEvents(app)
  provideSession(app)
  events.on('generation', () => void settings.reload())
  events.onResume(() => void settings.reload())
  provideCategories(app, messages.global.locale)
  provideCounts(app)
  provideIssues(app)
  providePosition(app)
  provideCampaigns(app)
  provideView(app)
  provideSurveyMap(app)
  provideProgress(app)
  provideZoneFilter(app)
  provideComparing(app)
}
