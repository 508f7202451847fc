import { inject, type App, type InjectionKey } from 'vue'

/**
 * One instance of a composable for the whole application: `provideX(app)` makes it, `useX` finds it, in components
 * and in shared composables that are provided later. Its watchers and listeners belong to the scope it is made in.
 */
export function defineShared<A extends unknown[], T extends object>(
  name: string,
  create: (...args: A) => T,
): [provideShared: (app: App, ...args: A) => T, useShared: () => T] {
  const key: InjectionKey<T> = Symbol(name)
  return [
    (app, ...args) => {
      const shared = app.runWithContext(() => create(...args))
      app.provide(key, shared)
      return shared
    },
    () => {
      const shared = inject(key)
      if (!shared) throw new Error(`${name} is used before it was provided`)
      return shared
    },
  ]
}
