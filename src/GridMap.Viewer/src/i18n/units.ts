/** The field's counting units in English; one that an office made up itself is shown as it is. */
const english: Readonly<Record<string, string>> = {
  处: 'places',
  公里: 'km',
  米: 'm',
  平方米: 'm²',
  立方米: 'm³',
  亩: 'mu',
  吨: 't',
  个: 'pcs',
  户: 'households',
  人次: 'turns',
  人: 'people',
  台班: 'shifts',
  元: 'yuan',
  宗: 'cases',
  辆: 'vehicles',
}

export function unitName(unit: string, language: string): string {
  return language === 'en' ? (english[unit] ?? unit) : unit
}
