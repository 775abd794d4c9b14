/** What the fictional company sells: tea, ware and gifts. Unit prices and costs in whole minor units of the organization's currency. */
export interface SeedProduct {
  readonly code: string
  readonly name: string
  readonly category: string
  readonly priceMinor: number
  readonly costMinor: number
}

const product = (code: string, name: string, category: string, priceMinor: number, costMinor: number): SeedProduct => ({
  code,
  name,
  category,
  priceMinor,
  costMinor,
})

export const catalogue: readonly SeedProduct[] = [
  product('TEA-101', 'Jasmine Pearl 100 g', 'Green tea', 1290, 520),
  product('TEA-102', 'Dragon Well 100 g', 'Green tea', 2490, 1180),
  product('TEA-103', 'Sencha 200 g', 'Green tea', 1890, 840),
  product('TEA-201', 'High Mountain Oolong 150 g', 'Oolong', 3290, 1450),
  product('TEA-202', 'Iron Goddess 150 g', 'Oolong', 2790, 1210),
  product('TEA-203', 'Oriental Beauty 75 g', 'Oolong', 3990, 1980),
  product('TEA-301', 'Keemun 100 g', 'Black tea', 1590, 610),
  product('TEA-302', 'Sun Moon Lake Black 100 g', 'Black tea', 2190, 930),
  product('TEA-303', 'Breakfast Blend 250 g', 'Black tea', 1190, 430),
  product('TEA-401', 'Aged Pu-erh Cake 357 g', 'Dark tea', 5890, 2650),
  product('TEA-402', 'Loose Pu-erh 200 g', 'Dark tea', 2390, 1010),
  product('WARE-11', 'Porcelain Gaiwan', 'Ware', 2690, 1120),
  product('WARE-12', 'Clay Teapot 180 ml', 'Ware', 7490, 3390),
  product('WARE-13', 'Cup Pair, Celadon', 'Ware', 1990, 790),
  product('WARE-14', 'Bamboo Tray', 'Ware', 4590, 2150),
  product('WARE-15', 'Glass Kettle 1.2 l', 'Ware', 3890, 1840),
  product('GIFT-21', 'Festival Box, Six Teas', 'Gifts', 6990, 3100),
  product('GIFT-22', 'Office Tea Set', 'Gifts', 12900, 6900),
  product('GIFT-23', 'Tasting Sampler', 'Gifts', 1990, 1050),
  product('SUB-31', 'Filter Papers 100', 'Supplies', 490, 260),
  product('SUB-32', 'Storage Tin 250 g', 'Supplies', 990, 480),
  product('SUB-33', 'Bulk Breakfast Blend 5 kg', 'Supplies', 14900, 9300),
]
