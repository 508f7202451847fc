import { describe, expect, it } from 'vitest'
import { importValues, noChoice, readingValues } from './importForm'

describe('importValues', () => {
  it('sends only what was chosen', () => {
    const choice = { ...noChoice(4), code: 'BM', name: 'MC', mode: 'replace' as const, within: '44', tolerance: 1 }
    expect(importValues(choice, { plan: 7 }, false)).toEqual({ level: '4', tolerance: '1', codeField: 'BM', nameField: 'MC', mode: 'replace', parent: '44', plan: '7' })
  })

  it('has codes made when no field holds them', () => {
    expect(importValues(noChoice(3), { name: ' Draft ' }, false)).toMatchObject({ generateCodes: 'parent', name: 'Draft' })
  })

  it('says nothing of a mode where there are no grids yet', () => {
    expect(importValues({ ...noChoice(1), code: 'code', within: 'x' }, { name: '' }, true)).toEqual({ level: '1', tolerance: '0.1', codeField: 'code' })
  })
})

describe('readingValues', () => {
  it('leaves to the file what was not said', () => {
    expect(readingValues({ ...noChoice(2), crs: 'gcj02' })).toEqual({ level: '2', crs: 'gcj02' })
  })
})
