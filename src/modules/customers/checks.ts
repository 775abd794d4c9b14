import { noneOf } from '#platform/doctor/check.ts'
import { countUnbooked } from './store/orphans.ts'

export const checks = [noneOf('customers.book', 'customers whom the book of figures lacks, or the other way round', countUnbooked)]
