import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import type { ReactNode } from "react";
import { NavigationTrace } from "@/components/navigation-trace";
import { ReleaseNotice } from "@/components/release-notice";
import { SiteFooter } from "@/components/site-footer";
import { SiteHeader } from "@/components/site-header";
import "./globals.css";

const figtree = localFont({
  src: "../node_modules/@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2",
  weight: "300 900",
  variable: "--font-figtree",
  fallback: ["system-ui", "sans-serif"],
});

export const metadata: Metadata = {
  title: { default: "Workshop – learn by building", template: "%s – Workshop" },
  description: "A catalogue of short, practical modules about building and running software, with your progress in one place.",
  applicationName: "Workshop",
  manifest: "/manifest.webmanifest",
  icons: { icon: [{ url: "/icon.svg", type: "image/svg+xml" }], apple: "/apple-touch-icon.png" },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#faf6ef" },
    { media: "(prefers-color-scheme: dark)", color: "#171a18" },
  ],
};

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en" className={figtree.variable}>
      <body>
        <a className="skip" href="#content">Skip to the content</a>
        <NavigationTrace />
        <SiteHeader />
        <main id="content" className="frame" tabIndex={-1}>{children}</main>
        <SiteFooter />
        <ReleaseNotice />
      </body>
    </html>
  );
}
