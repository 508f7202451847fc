import { expect, test } from '../fixtures'

const chinese = /\p{Script=Han}/u

test('the language switches at once, stands in the address bar, and is remembered', async ({ map, page }) => {
  await map.open()
  expect(await map.language).toBe('zh-CN')
  await map.switchLanguage()
  expect(await map.language).toBe('en')
  expect(new URL(page.url()).searchParams.get('lang')).toBe('en')
  await map.picture('desktop-en')
  await page.goto('/')
  await map.idle()
  expect(await map.language).toBe('en')
})

test('in English nothing but names is Chinese', async ({ map }) => {
  for (const panel of ['report', 'about']) {
    await map.open({ language: 'en', panel })
    const names = (await map.ranking()).map(({ text }) => text).join('\n')
    const rest = (await map.text())
      .split('\n')
      .filter((line) => chinese.test(line) && !names.includes(line.trim()))
    // The switch to Chinese is written in Chinese, and an approval number is what it is.
    expect(rest.filter((line) => !/^中(文)?$/.test(line.trim()) && !line.includes('Map approval'))).toEqual([])
  }
})
