import type { Mapped } from './fields.ts'
import { fromPatron } from './patron.ts'
import { fromShopify } from './shopify.ts'
import { fromWooCommerce } from './woocommerce.ts'

/** The shapes in which shops tell of their orders. */
export const intakeForms = ['patron', 'shopify', 'woocommerce'] as const
export type IntakeForm = (typeof intakeForms)[number]

/** The ways in which shops sign. */
export const intakeSignatures = ['standard', 'shopify', 'woocommerce'] as const
export type IntakeSignature = (typeof intakeSignatures)[number]

/** The orders of a message, each by itself: in the words of a batch, or why nothing can be made of it. Drafts and tests are left out. */
export const mappedOrders = (form: IntakeForm, document: unknown): Mapped[] => mappings[form](document)

const mappings: Readonly<Record<IntakeForm, (document: unknown) => Mapped[]>> = {
  patron: fromPatron,
  shopify: fromShopify,
  woocommerce: fromWooCommerce,
}
