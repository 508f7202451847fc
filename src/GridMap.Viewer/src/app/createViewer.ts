import { createApp, effectScope, type App } from 'vue'
import RootView from '../App.vue'
import { provideStores } from './provideStores'

/** The application with its stores; unmounting it undoes all that they added. */
export function createViewer(): App {
  const app = createApp(RootView)
  const scope = effectScope()
  scope.run(() => provideStores(app))
  app.onUnmount(() => scope.stop())
  return app
}
