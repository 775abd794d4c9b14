/** What other modules may use of orders. */
export { decodeDayList, encodeDayList, mergeDayList, type PurchaseDay, visitDays } from './domain/day-list.ts'
export { decodeLines, type Line } from './domain/lines.ts'
export { ordersChanged, ordersImported } from './facts.ts'
export { readBaskets } from './store/baskets.ts'
export { buyersOfCategory, type CategoryBuyer } from './store/buyers.ts'
export { listCategories, type Product, productsByCode } from './store/catalogue.ts'
export { type DayListBatch, dayListsOf, readDayLists, rebuildDayLists } from './store/day-lists.ts'
export { orderById, ordersOf, type StoredOrder } from './store/reads.ts'
