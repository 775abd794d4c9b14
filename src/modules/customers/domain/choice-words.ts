import { type ArchiveField, customerRoles, expectationLevels, priceSensitivities, relationPhases } from './archive.ts'
import { likedChannels } from './contact-ways.ts'

/** How files in three languages write the fixed choices of the archive, beside the choice itself. */
const said: Readonly<Partial<Record<ArchiveField, Readonly<Record<string, readonly string[]>>>>> = {
  role: {
    customer: ['client', '客户', '顾客', '客戶', '顧客'],
    dealer: ['reseller', 'distributor', '经销商', '代理商', '經銷商'],
    partner: ['合作伙伴', '伙伴', '合作夥伴', '夥伴'],
    press: ['media', '媒体', '记者', '媒體', '記者'],
    community: ['社区', '社群', '社區'],
    internal: ['internal customer', 'colleague', 'department', '内部', '内部客户', '同事', '部门', '內部', '內部客戶', '部門'],
  },
  phase: {
    identify: ['识别', '識別'],
    build: ['建立'],
    maintain: ['维护', '維護', '維繫'],
    consolidate: ['巩固', '鞏固'],
  },
  preferredChannel: {
    phone: ['call', 'telephone', 'mobile', '电话', '手机', '電話', '手機', '致电', '致電'],
    email: ['e-mail', 'mail', '邮件', '邮箱', '电子邮件', '電子郵件', '郵件', '電郵'],
    message: ['sms or message', 'sms', 'text', 'text message', '短信', '簡訊'],
    chat: ['messenger', 'wechat', 'line', 'whatsapp', '微信', '即时通讯', '即時通訊', '在线聊天', '線上聊天'],
    letter: ['post', 'card', '信件', '邮寄', '郵寄', '卡片'],
    visit: ['in person', '走访', '走訪', '拜访', '上门', '拜訪', '上門'],
  },
  priceSensitivity: { low: ['低', '不敏感'], middle: ['medium', '中', '一般'], high: ['高', '敏感'] },
}
const levels = Object.fromEntries(expectationLevels.map((level) => [level, []]))
const choices: Readonly<Partial<Record<ArchiveField, readonly string[]>>> = {
  role: customerRoles,
  phase: relationPhases,
  preferredChannel: likedChannels,
  priceSensitivity: priceSensitivities,
  expectationBefore: expectationLevels,
  expectationDuring: expectationLevels,
  expectationAfter: expectationLevels,
}

/** What a file's word for a choice means: the word itself where the field is free, undefined where it is none of the choices. */
export function wordOf(field: ArchiveField, text: string): string | undefined {
  const known = choices[field]
  if (known === undefined) return text
  const plain = text.normalize('NFKC').trim().toLowerCase()
  // A level may have its word behind it, as exports write it.
  const level = /^([1-5])\s*[–—-]/.exec(plain)?.[1]
  return known.find((choice) => choice === plain || choice === level || (said[field] ?? levels)[choice]?.includes(plain))
}
