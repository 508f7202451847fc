import { ref } from 'vue'
import { defineShared } from '../app/defineShared'

/** Whether the next zone that is pressed is to stand beside the one that is open. */
export const [provideComparing, useComparing] = defineShared('comparing', () => ({ waiting: ref(false) }))
