import { zipSync } from 'fflate';
import { colorIcon, outlineIcon } from './icons.ts';
import { buildManifest, type ManifestOf } from './manifest.ts';

/** The zip that an administrator uploads to Teams; the same input gives the same bytes. */
export function buildAppPackage(of: ManifestOf): Uint8Array {
  const manifest = Buffer.from(`${JSON.stringify(buildManifest(of), null, 2)}\n`);
  const files = { 'manifest.json': new Uint8Array(manifest), 'color.png': colorIcon(), 'outline.png': outlineIcon() };
  return zipSync(files, { mtime: new Date(2000, 0, 1) });
}
