import { expect, test } from './explore-quiet.ts';
import { openStep } from './lesson-pictures.ts';

test('each frozen input leaves a slice with a slope', async ({ page }) => {
  await openStep(page, 'partials', 1);
  const finding = page.locator('.picture-finding');
  await expect(finding).toHaveText(
    'At (1.5, −1): when x alone moves, the height changes at the rate 1; when y alone moves, at the rate −0.25.',
  );
  await page.getByRole('slider', { name: 'y', exact: true }).fill('1');
  await expect(finding).toContainText('At (1.5, 1): when x alone moves, the height changes at the rate 2;');
  await expect(page.locator('.map-cut-title').first()).toHaveText('x moves, y is frozen at 1');
  await page.locator('.picture-table > summary').click();
  await expect(page.locator('.picture-table tr').last()).toContainText('1.75');
});

test('a line is dragged alone, their crossing takes both', async ({ page }) => {
  await openStep(page, 'partials', 1);
  const finding = page.locator('.picture-finding');
  await expect(finding).toContainText('At (1.5, −1)');
  const map = await page.locator('.map-and-cuts > svg').boundingBox();
  if (map === null) throw new Error('no map');
  // The plotting area in parts of the drawing, as its box has it.
  const at = (x: number, y: number): [number, number] => [
    map.x + ((34 + ((x + 2) / 4) * 354) / 400) * map.width,
    map.y + ((14 + ((2 - y) / 4) * 354) / 394) * map.height,
  ];
  const drag = async (from: [number, number], to: [number, number]): Promise<void> => {
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move(...to, { steps: 4 });
    await page.mouse.up();
  };
  await drag(at(-1, -1), at(0, 0.5));
  await expect(finding).toContainText('At (1.5, 0.5)');
  await drag(at(1.5, -1.5), at(-1, 1));
  await expect(finding).toContainText('At (−1, 0.5)');
  await drag(at(-1, 0.5), at(1, 1));
  await expect(finding).toContainText('At (1, 1)');
});
