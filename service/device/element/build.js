// Build: one file from the sources, small and always the same. A path on the command line is where it goes instead.
import { build, transform } from "esbuild";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));

// Styles come in as texts, without the spaces that say nothing.
const styles = {
  name: "styles",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

await build({
  absWorkingDir: here,
  entryPoints: ["src/element.js"],
  outfile: process.argv[2] || "dist/reader-notice.js",
  banner: { js: "/* reader-notice, of Caveat. Apache-2.0 */" },
  bundle: true,
  charset: "utf8",
  format: "iife",
  minify: true,
  plugins: [styles],
  target: "es2019", // browsers since about 2019, as old phones have them
});
