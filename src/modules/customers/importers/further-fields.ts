import type { ImportField } from '#platform/imports/importer.ts'
import type { ArchiveField } from '../domain/archive.ts'
import type { ConsentChannel } from '../domain/consent.ts'

interface WordField extends ImportField {
  readonly archive: ArchiveField
  readonly limit: number
}
const word = (name: ArchiveField, examples: readonly [string, string], synonyms: readonly string[], limit = 60): WordField => ({
  name,
  archive: name,
  kind: 'text',
  examples,
  synonyms,
  limit,
})

/** In what customers differ. Words of a fixed choice are read in three languages; see `wordOf`. */
export const differenceFields: readonly WordField[] = [
  word('role', ['customer', 'customer'], ['relationship', 'record type', '角色', '关系', '身份', '關係', '身分']),
  word('phase', ['', 'maintain'], ['relationship phase', '关系阶段', '關係階段']),
  word('priceSensitivity', ['low', 'high'], ['price sensitivity', '价格敏感度', '价格敏感', '價格敏感度', '價格敏感']),
  word('purchaseExperience', ['', ''], ['purchase experience', '购买经验', '購買經驗'], 500),
  word('targetMarket', ['', 'wholesale'], ['target market', 'market segment', '目标市场', '目標市場'], 200),
  word('expectationBefore', ['4', ''], ['expectation before purchase', 'expects before purchase', '售前期望', '售前期待']),
  word('expectationDuring', ['', ''], ['expectation during purchase', 'expects during purchase', '售中期望', '售中期待']),
  word('expectationAfter', ['', ''], ['expectation after purchase', 'expects after purchase', '售后期望', '售後期望', '售後期待']),
  word('education', ['', ''], ['degree', 'schooling', '学历', '教育程度', '學歷'], 200),
  word('maritalStatus', ['', ''], ['marital status', 'family status', '婚姻状况', '婚姻狀況'], 60),
  word('preferredChannel', ['email', 'phone'], ['preferred channel', 'preferred contact', '首选渠道', '偏好渠道', '首選管道', '偏好管道']),
  word('industry', ['', 'food'], ['sector', 'line of business', '行业', '行業', '產業'], 200),
  word('companySize', ['', ''], ['company size', 'employees', 'number of employees', '公司规模', '公司規模'], 100),
  word('website', ['', ''], ['web site', 'homepage', 'url', '网站', '网址', '網站', '網址'], 300),
  word(
    'foundHow',
    ['', ''],
    ['how they found us', 'lead source', 'heard from', '获客来源', '了解渠道', '如何得知我們', '得知管道', '獲客來源'],
    200,
  ),
  word('traitNote', ['', ''], ['trait note', 'about the traits', '性格说明', '性格說明'], 500),
]
/** Several words in one cell. */
export const traitsField: ImportField = {
  name: 'traits',
  kind: 'text',
  examples: ['decisive', ''],
  synonyms: ['trait', 'character', 'personality', '性格', '性格特点', '性格特點'],
}

/** Columns that say whether somebody may be addressed for the company's first purpose. Headers that name a purpose are added where that is known: see `consentColumns`. */
export const consentFields: readonly (ImportField & { readonly channel: ConsentChannel })[] = [
  {
    name: 'mayEmail',
    kind: 'flag',
    exact: true,
    channel: 'email',
    examples: ['yes', 'no'],
    synonyms: ['email consent', 'accepts e-mail', 'email opt-in', '邮件同意', '接受邮件', '接收邮件', '郵件同意', '接受郵件'],
  },
  {
    name: 'mayPhone',
    kind: 'flag',
    exact: true,
    channel: 'phone',
    examples: ['yes', ''],
    synonyms: ['phone consent', 'accepts calls', '电话同意', '接受电话', '電話同意', '接受電話'],
  },
  {
    name: 'mayMessage',
    kind: 'flag',
    exact: true,
    channel: 'message',
    examples: ['', ''],
    synonyms: ['sms consent', 'accepts sms', 'sms opt-in', '短信同意', '接受短信', '簡訊同意', '接受簡訊'],
  },
  {
    name: 'mayLetter',
    kind: 'flag',
    exact: true,
    channel: 'letter',
    examples: ['', ''],
    synonyms: ['post consent', 'accepts letters', '信件同意', '邮寄同意', '郵寄同意'],
  },
]
