import { computed, ref, type Ref } from 'vue'
import { api, take } from '../api/client'
import { useLoad } from '../api/useLoad'
import { defineShared } from '../app/defineShared'

export const [provideCategories, useCategories] = defineShared('categories', (locale: Readonly<Ref<string>>) => {
  const load = useLoad(ref(true), (_, signal) => take(api.GET('/api/v1/categories', { signal })))
  const categories = computed(() => load.data.value?.items ?? [])
  const byCode = computed(() => new Map(categories.value.map((category) => [category.code, category])))

  /** The category's name in the present language; its code if it is not known (yet). */
  function nameOf(code: string): string {
    const category = byCode.value.get(code)
    if (!category) return code
    return locale.value === 'en' ? category.nameEn || category.name : category.name
  }

  return { categories, byCode, nameOf, problem: load.problem, reload: load.reload }
})
