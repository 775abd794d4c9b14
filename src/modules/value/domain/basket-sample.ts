import type { Baskets } from './affinity.ts'

/** Baskets as they are read, with products numbered in the order of their first appearance. A class because the arrays grow together. */
export class BasketSample {
  readonly products: string[] = []
  private readonly numbers = new Map<string, number>()
  private readonly starts: number[] = [0]
  private readonly items: number[] = []
  private readonly customerStarts: number[] = [0]
  private readonly customerItems: number[] = []
  private own = new Set<number>()

  /** Adds one basket; the customer's baskets must come one after the other, the first with `newCustomer`. */
  add(products: readonly string[], newCustomer: boolean): void {
    if (newCustomer) this.closeCustomer()
    for (const item of new Set(products.map((product) => this.numberOf(product)))) {
      this.items.push(item)
      this.own.add(item)
    }
    this.starts.push(this.items.length)
  }

  get baskets(): Baskets {
    return { itemCount: this.products.length, start: this.starts, items: this.items }
  }

  /** Each customer's distinct products as one basket. */
  get customers(): Baskets {
    this.closeCustomer()
    return { itemCount: this.products.length, start: this.customerStarts, items: this.customerItems }
  }

  private closeCustomer(): void {
    if (this.own.size === 0) return
    this.customerItems.push(...this.own)
    this.customerStarts.push(this.customerItems.length)
    this.own = new Set()
  }

  private numberOf(product: string): number {
    let number = this.numbers.get(product)
    if (number === undefined) {
      number = this.products.length
      this.products.push(product)
      this.numbers.set(product, number)
    }
    return number
  }
}
