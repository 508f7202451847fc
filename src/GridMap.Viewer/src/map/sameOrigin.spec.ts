import { expect, test } from 'vitest'
import { sameOrigin } from './sameOrigin'

test.each([
  ['http://inside:8080/tiles/grids/{z}/{x}/{y}.mvt?g=7', 'https://map.example/tiles/grids/{z}/{x}/{y}.mvt?g=7'],
  ['/tiles/grids/{z}/{x}/{y}.mvt', 'https://map.example/tiles/grids/{z}/{x}/{y}.mvt'],
  ['tiles/{z}', 'https://map.example/tiles/{z}'],
])('%s', (template, wanted) => expect(sameOrigin(template, 'https://map.example')).toBe(wanted))
