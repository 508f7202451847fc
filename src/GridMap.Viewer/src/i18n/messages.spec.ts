import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { messages as residents } from '../report/messages'
import en from './en'
import zh from './zh-CN'

const sources = join(import.meta.dirname, '..')
const files = readdirSync(sources, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(vue|ts)$/.test(file) && !file.endsWith('.spec.ts') && !file.endsWith('.d.ts'))
  .map((file) => ({ file, text: readFileSync(join(sources, file), 'utf8') }))

type Tree = { [key: string]: string | Tree }

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') flat.set(prefix + key, value)
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) flat.set(inner, text)
  }
  return flat
}

const chinese = flatten({ ...residents['zh-CN'], ...zh })
const english = flatten({ ...residents.en, ...en })
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()

test('both languages have the same keys, none of them empty, with the same placeholders', () => {
  expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
  for (const [key, text] of chinese) {
    expect(text.trim(), key).not.toBe('')
    expect(english.get(key)?.trim(), key).not.toBe('')
    expect(placeholders(english.get(key) ?? ''), key).toEqual(placeholders(text))
  }
})

test('every key that a source file asks for exists', () => {
  const missing = files.flatMap(({ file, text }) =>
    [...text.matchAll(/(?<![\w.])t\(\s*'([\w.-]+)'/g)].filter(([, key]) => !chinese.has(key ?? '')).map(([, key]) => `${file}: ${key}`),
  )
  expect(missing).toEqual([])
})

test('every key is asked for, by name or by its group', () => {
  const all = files.map(({ text }) => text).join('\n')
  const groups = [...all.matchAll(/(?<![\w.])t\(`([\w.]+\.)\$\{/g)].map(([, group]) => group ?? '')
  const unused = [...chinese.keys()].filter((key) => !all.includes(`'${key}'`) && !groups.some((group) => key.startsWith(group)))
  expect(unused).toEqual([])
})

test('no Chinese text stands outside the messages', () => {
  const found = files.filter(({ file, text }) => !file.startsWith('i18n') && /\p{Script=Han}/u.test(text)).map(({ file }) => file)
  expect(found).toEqual([])
})
