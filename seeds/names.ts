import type { Random } from '#numerics/seeded-random.ts'

/** Names that could be anybody's, put together by chance. Every mail address ends in example.com. */
export interface SeedName {
  readonly name: string
  readonly given: string
  readonly family: string
  readonly city: string
  readonly country: string
  readonly language: string
}

/** Given names of many countries, in Latin letters. */
export const givenNames = [
  'Ada',
  'Bruno',
  'Clara',
  'Dario',
  'Elena',
  'Felix',
  'Greta',
  'Hugo',
  'Ines',
  'Jonas',
  'Karin',
  'Luca',
  'Mara',
  'Nils',
  'Olga',
  'Pablo',
  'Rita',
  'Sven',
  'Tessa',
  'Viktor',
  'Wanda',
  'Yara',
  'Zoe',
  'Omar',
  'Leila',
  'Ravi',
]
const latinFamily = [
  'Abbott',
  'Berger',
  'Castell',
  'Dahl',
  'Ekström',
  'Fontaine',
  'Grey',
  'Hartmann',
  'Ivers',
  'Janssen',
  'Keller',
  'Lindqvist',
  'Moreau',
  'Novak',
  'Oakley',
  'Pereira',
  'Quist',
  'Rossi',
  'Silva',
  'Torres',
  'Ueda',
  'Vogel',
  'Winter',
  'Young',
  'Zeller',
]
const simplifiedFamily = [
  '王',
  '李',
  '张',
  '刘',
  '陈',
  '杨',
  '赵',
  '黄',
  '周',
  '吴',
  '徐',
  '孙',
  '马',
  '朱',
  '胡',
  '郭',
  '林',
  '何',
  '高',
  '罗',
  '郑',
  '梁',
  '谢',
  '宋',
  '唐',
  '许',
  '韩',
  '冯',
  '邓',
  '曹',
]
const simplifiedGiven = [
  '伟',
  '芳',
  '娜',
  '敏',
  '静',
  '丽',
  '强',
  '磊',
  '军',
  '洋',
  '勇',
  '艳',
  '杰',
  '娟',
  '涛',
  '明',
  '超',
  '秀兰',
  '霞',
  '平',
  '子轩',
  '雨桐',
  '浩然',
  '诗涵',
  '欣怡',
  '思远',
  '晓燕',
  '志强',
  '文博',
  '佳琪',
]
const traditionalFamily = [
  '陳',
  '林',
  '黃',
  '張',
  '李',
  '王',
  '吳',
  '劉',
  '蔡',
  '楊',
  '許',
  '鄭',
  '謝',
  '郭',
  '洪',
  '邱',
  '曾',
  '廖',
  '賴',
  '徐',
  '葉',
  '蘇',
  '莊',
  '呂',
  '江',
]
const traditionalGiven = [
  '怡君',
  '志明',
  '淑芬',
  '雅婷',
  '家豪',
  '俊傑',
  '美玲',
  '宗翰',
  '佩珊',
  '冠宇',
  '詩涵',
  '承恩',
  '靜宜',
  '建宏',
  '惠雯',
  '柏翰',
  '心怡',
  '彥廷',
  '玉珍',
  '子晴',
]
const latinCities = [
  ['London', 'United Kingdom'],
  ['Leeds', 'United Kingdom'],
  ['Berlin', 'Germany'],
  ['Lyon', 'France'],
  ['Porto', 'Portugal'],
  ['Toronto', 'Canada'],
  ['Seattle', 'United States'],
  ['Boston', 'United States'],
  ['Singapore', 'Singapore'],
] as const
const simplifiedCities = ['上海', '北京', '杭州', '成都', '广州', '深圳', '南京', '苏州', '武汉', '厦门']
const traditionalCities = [
  ['台北', '台灣'],
  ['台中', '台灣'],
  ['高雄', '台灣'],
  ['台南', '台灣'],
  ['香港', '香港'],
] as const
const firmWords = ['Harbour', 'Northgate', 'Old Mill', 'Linden', 'Bridge Street', 'Cedar', 'Quayside', 'Meridian', 'Foxglove', 'Hillcrest']
const firmKinds = ['Hotel', 'Café', 'Tea Room', 'Offices', 'Gallery', 'Bakery']
const chineseFirms = ['云栖酒店', '听雨茶楼', '和风餐饮', '锦绣会所', '江南书院', '明月民宿']

export const pick = <T>(random: Random, from: readonly T[]): T => from[Math.min(from.length - 1, Math.floor(random() * from.length))]!

export function personName(random: Random): SeedName {
  const script = random()
  if (script < 0.42) {
    const [city, country] = pick(random, latinCities)
    const given = pick(random, givenNames)
    const family = pick(random, latinFamily)
    return { name: `${given} ${family}`, given, family, city, country, language: 'en' }
  }
  if (script < 0.78) {
    const family = pick(random, simplifiedFamily)
    const given = pick(random, simplifiedGiven)
    return { name: family + given, given, family, city: pick(random, simplifiedCities), country: '中国', language: 'zh-CN' }
  }
  const family = pick(random, traditionalFamily)
  const given = pick(random, traditionalGiven)
  const [city, country] = pick(random, traditionalCities)
  return { name: family + given, given, family, city, country, language: 'zh-TW' }
}

export function companyName(random: Random, number: number): SeedName {
  if (random() < 0.55) {
    const [city, country] = pick(random, latinCities)
    return { name: `${pick(random, firmWords)} ${pick(random, firmKinds)} ${number}`, given: '', family: '', city, country, language: 'en' }
  }
  const city = pick(random, simplifiedCities)
  return { name: `${city}${pick(random, chineseFirms)}${number}店`, given: '', family: '', city, country: '中国', language: 'zh-CN' }
}
