import { z } from 'zod'
import { endpoint, nothing, pageAnswer, topics } from '#platform/contract.ts'
import { categories, remedyKinds } from '../domain/taxonomy.ts'

/** Pages on which customers complain, suggest and ask, and follow what becomes of it by a private link. */
const open = { permission: 'public', about: 'nobody' } as const
const shown = { ...open, kind: 'page', result: pageAnswer } as const
const link = 'cases.follow'
const token = z.string().max(200)
const stars = z
  .string()
  .regex(/^[1-5]$/)
  .optional()

/** What a customer can ask for by choosing it; everything else they write. */
export const wishes = remedyKinds.filter((kind) => !['goodwill', 'discount', 'compensation', 'other'].includes(kind))

const text = (limit: number) => z.string().trim().min(3).max(limit)
const contact = {
  name: z.string().trim().min(1).max(120),
  email: z.string().trim().max(200).regex(z.regexes.email).optional(),
  phone: z
    .string()
    .trim()
    .max(40)
    .regex(/^[+()\d\s./-]*\d[+()\d\s./-]*$/)
    .optional(),
  order: z.string().trim().max(100).optional(),
}
const files = {
  field: 'files',
  most: 5,
  bytes: 8 << 20,
  endings: ['.jpg', '.jpeg', '.png', '.webp', '.heic', '.gif', '.pdf', '.txt', '.mp4', '.mov', '.doc', '.docx', '.xls', '.xlsx'],
} as const
const sends = { perAddress: 10, overall: 600 }
const fileIds = z.array(z.uuid()).max(files.most)
const formPage = { framed: true, listed: true } as const
const shownForm = z.object({ order: z.string().max(100).optional() })

export const portalEndpoints = {
  complaintForm: endpoint('GET /p/complaint', { ...shown, summary: 'The form for a complaint', input: shownForm, page: formPage }),
  complain: endpoint('POST /p/complaint', {
    ...shown,
    summary: 'Takes a complaint from a customer, known or not, at any hour',
    input: z.object({
      text: text(10_000),
      about: z.enum(categories as [string, ...string[]]).optional(),
      wish: z.enum(wishes as [string, ...string[]]).optional(),
      /** In their own words: what an order holds is shown to nobody who has only typed its number. */
      product: z.string().trim().max(200).optional(),
      ...contact,
      files: fileIds,
    }),
    page: { form: 'complaintForm', framed: true, files, sends },
  }),
  suggestionForm: endpoint('GET /p/suggestion', { ...shown, summary: 'The form for a suggestion', input: shownForm, page: formPage }),
  suggest: endpoint('POST /p/suggestion', {
    ...shown,
    summary: 'Takes a suggestion from a customer, known or not',
    input: z.object({ text: text(10_000), ...contact, files: fileIds }),
    page: { form: 'suggestionForm', framed: true, files, sends },
  }),
  enquiryForm: endpoint('GET /p/enquiry', {
    ...shown,
    summary: 'The form for a question; within another site it is a chat',
    input: shownForm,
    page: formPage,
  }),
  enquire: endpoint('POST /p/enquiry', {
    ...shown,
    summary: 'Takes a question from a customer, known or not',
    input: z.object({ text: text(10_000), ...contact, files: fileIds }),
    page: { form: 'enquiryForm', framed: true, files, sends },
  }),
  followForm: endpoint('GET /p/follow', {
    ...shown,
    summary: 'Asks for a new private link to a case',
    input: z.object({ sent: z.string().max(5).optional() }),
    page: formPage,
  }),
  askForLink: endpoint('POST /p/follow', {
    ...shown,
    summary: 'Mails a new private link to the address that is known of a case, and answers the same whether there is one or not',
    input: z.object({ number: z.string().trim().min(1).max(40), email: z.string().trim().max(200).regex(z.regexes.email) }),
    page: { form: 'followForm', framed: true, sends: { perAddress: 5, overall: 200 } },
  }),
  publicPolicy: endpoint('GET /p/policy', {
    ...shown,
    summary: 'How the company deals with complaints, as it is published',
    input: nothing,
    page: formPage,
  }),
  followed: endpoint('GET /p/case/:token', {
    ...shown,
    summary: 'A case as its customer sees it',
    input: z.object({ token, new: z.string().max(5).optional() }),
    link,
    page: { framed: true },
  }),
  write: endpoint('POST /p/case/:token/messages', {
    ...shown,
    summary: 'Takes a message of the customer on their case',
    input: z.object({ token, text: z.string().trim().min(1).max(10_000), files: fileIds }),
    link,
    page: { form: 'followed', framed: true, leastSeconds: 0, files, sends: { perAddress: 60, overall: 3000 } },
  }),
  withdrawOwn: endpoint('POST /p/case/:token/withdrawal', {
    ...shown,
    summary: 'The customer withdraws their case',
    input: z.object({ token, why: z.string().trim().max(1000).optional() }),
    link,
    page: { form: 'followed', framed: true, leastSeconds: 0 },
  }),
  giveFeedback: endpoint('POST /p/case/:token/feedback', {
    ...shown,
    summary: 'The customer says whether they are satisfied with what was done',
    input: z.object({
      token,
      satisfied: z.enum(['yes', 'no']),
      score: z
        .string()
        .regex(/^(\d|10)$/)
        .optional(),
      attitude: stars,
      knowledge: stars,
      skill: stars,
      comment: z.string().trim().max(5000).optional(),
    }),
    link,
    page: { form: 'followed', framed: true, leastSeconds: 0 },
  }),
  answerOffer: endpoint('POST /p/case/:token/quote-answer', {
    ...shown,
    summary: 'The customer accepts or refuses what is offered, where the case waits for that',
    input: z.object({ token, accepted: z.enum(['yes', 'no']) }),
    link,
    page: { form: 'followed', framed: true, leastSeconds: 0 },
  }),
  answerDecision: endpoint('POST /p/case/:token/remedy-answer', {
    ...shown,
    summary: 'The customer says whether they take what was decided on, where they were told of it and nothing of it was carried out yet',
    input: z.object({ token, taken: z.enum(['yes', 'no']), instead: z.string().trim().max(2000).optional() }),
    link,
    page: { form: 'followed', framed: true, leastSeconds: 0 },
  }),
  appealOwn: endpoint('POST /p/case/:token/appeal', {
    ...shown,
    summary: 'The customer does not accept what they were answered, and asks for somebody else to look at it',
    input: z.object({ token, objection: z.string().trim().min(3).max(5000) }),
    link,
    page: { form: 'followed', framed: true, leastSeconds: 0 },
  }),
  withdrawAppealOwn: endpoint('POST /p/case/:token/appeal-withdrawal', {
    ...shown,
    summary: 'The customer takes their appeal back, and the answer stands',
    input: z.object({ token, appealId: z.uuid(), takenBack: z.literal('true') }),
    link,
    page: { form: 'followed', framed: true, leastSeconds: 0 },
  }),
  followedEvents: endpoint('GET /case-links/:token/events', {
    ...open,
    kind: 'events',
    summary: 'Says to whoever follows a case that something happened',
    input: z.object({ token }),
    result: topics,
    link,
    events: { changed: nothing },
  }),
  followedFile: endpoint('GET /case-links/:token/files/:fileId', {
    ...open,
    kind: 'download',
    summary: 'A file of the conversation on a followed case',
    input: z.object({ token, fileId: z.uuid() }),
    result: z.unknown(),
    link,
  }),
}
