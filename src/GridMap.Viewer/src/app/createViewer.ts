import { createApp, effectScope, type App } from 'vue'
import RootView from '../App.vue'
import { provideAddress } from '../address/useAddress'
import { provideEvents } from '../events/useEvents'
import { createMessages, startLanguage } from '../i18n'
import { provideCategories } from '../issues/useCategories'
import { provideCounts } from '../issues/useCounts'
import { provideIssues } from '../issues/useIssues'
import { provideViewport } from '../layout/useViewport'
import { providePosition } from '../lookup/usePosition'
import { provideView } from '../map/useView'
import { provideSettings } from '../settings/useSettings'

/** The application with its stores, in the order of their dependencies; unmounting it undoes all of them. */
export function createViewer(): App {
  const app = createApp(RootView)
  const scope = effectScope()
  scope.run(() => {
    const address = provideAddress(app)
    const messages = createMessages(startLanguage(address.state.lang))
    app.use(messages)
    provideViewport(app)
    const settings = provideSettings(app)
    const events = provideEvents(app)
    events.on('generation', () => void settings.reload())
    events.onResume(() => void settings.reload())
    provideCategories(app, messages.global.locale)
    provideCounts(app)
    provideIssues(app)
    providePosition(app)
    provideView(app)
  })
  app.onUnmount(() => scope.stop())
  return app
}
