import { homeEndpoints } from './api/home.ts'
import { oldCustomerEndpoints } from './api/old-customers.ts'

export const insightApi = { ...homeEndpoints, ...oldCustomerEndpoints }
