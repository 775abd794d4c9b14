import type { Dimension } from './technique.ts'

/** Values that the house itself uses to describe a situation, for those who write rules; others may be written, too. */
export const knownCodes: Readonly<Partial<Record<Dimension, readonly string[]>>> = {
  caseKind: ['complaint', 'suggestion', 'enquiry', 'claim', 'repair', 'custom-request', 'request', 'goodwill'],
  category: ['product-quality', 'contract', 'freight', 'service'],
  mood: ['calm', 'angry', 'anxious', 'conceited', 'mistaken'],
  customerType: ['person', 'company'],
  occasion: ['purchase-objection', 'in-person', 'by-phone', 'in-writing', 'in-public'],
  cause: ['misunderstanding', 'wrong-idea', 'our-mistake'],
}
