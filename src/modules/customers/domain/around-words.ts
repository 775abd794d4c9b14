import { decisionRoles } from './archive.ts'
import { type ContactKind, contactKinds } from './contact-ways.ts'

type DecisionRole = (typeof decisionRoles)[number]

/** How files in three languages write what a key person does in decisions, and the kinds of ways to reach somebody, beside the word itself. */
const ofDecisions: Readonly<Record<DecisionRole, readonly string[]>> = {
  decides: ['decision maker', 'decider', '决策', '决策者', '決策', '決策者'],
  influences: ['influencer', 'advises', '影响决策', '影响', '影響決策', '影響'],
  uses: ['user', '使用', '使用者'],
  pays: ['payer', '付款', '付款者'],
  blocks: ['blocker', '阻止', '反对', '反對'],
}
const ofKinds: Readonly<Record<ContactKind, readonly string[]>> = {
  email: ['e-mail', 'mail', '邮箱', '邮件', '电子邮件', '信箱', '電子郵件', '郵件', '電郵'],
  phone: ['telephone', 'mobile', 'cell', 'number', '电话', '手机', '電話', '手機'],
  address: ['postal address', '地址'],
  messenger: ['chat', 'messenger name', '即时通讯', '微信', '聊天', '即時通訊'],
}

/** What a file's word means; undefined for a word that nobody knows. */
export const decisionRoleOf = (word: string): DecisionRole | undefined => meant(word, decisionRoles, ofDecisions)
export const contactKindOf = (word: string): ContactKind | undefined => meant(word, contactKinds, ofKinds)

function meant<W extends string>(word: string, known: readonly W[], said: Readonly<Record<W, readonly string[]>>): W | undefined {
  const plain = word.normalize('NFKC').trim().toLowerCase()
  return known.find((one) => one === plain || said[one].includes(plain))
}
