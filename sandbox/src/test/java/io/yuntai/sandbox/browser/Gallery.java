package io.yuntai.sandbox.browser;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * The folder of pictures. A run leaves them in {@code target}, so that it does not change the
 * checkout; CONTRIBUTING.md says how they get into {@code docs}.
 */
public final class Gallery {

    /** Of every picture, in pixels. */
    static final int WIDTH = 1280;

    /** A longer page is pictured as far as this, in pixels. */
    static final int MOST_HEIGHT = 1500;

    private static final int COLORS = 256;

    /** So many of the most frequent colours are kept however little they differ. */
    private static final int SURFACES = 48;

    private final Path folder;

    public Gallery(Path folder) {
        this.folder = folder;
    }

    /**
     * Keeps a picture, in no more than 256 colours: a third of the bytes, and hardly a difference
     * to be seen on a page.
     */
    void keep(String name, byte[] png) {
        try {
            Files.createDirectories(folder);
            var picture = ImageIO.read(new ByteArrayInputStream(png));
            ImageIO.write(reduced(picture), "png", folder.resolve(name + ".png").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private static BufferedImage reduced(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
        int[] palette = palette(pixels);
        var indexed =
                new BufferedImage(
                        width,
                        height,
                        BufferedImage.TYPE_BYTE_INDEXED,
                        new IndexColorModel(
                                8,
                                palette.length,
                                palette,
                                0,
                                false,
                                -1,
                                java.awt.image.DataBuffer.TYPE_BYTE));
        var nearest = new HashMap<Integer, Integer>();
        var indices = new int[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            indices[i] = nearest.computeIfAbsent(pixels[i], pixel -> nearest(palette, pixel));
        }
        indexed.getRaster().setPixels(0, 0, width, height, indices);
        return indexed;
    }

    /** The most frequent colours that are not all but the same as a more frequent one. */
    private static int[] palette(int[] pixels) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int pixel : pixels) {
            counts.merge(pixel, 1, Integer::sum);
        }
        var byCount =
                counts.entrySet().stream()
                        .sorted(
                                Map.Entry.<Integer, Integer>comparingByValue(
                                                Comparator.reverseOrder())
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .map(Map.Entry::getKey)
                        .toList();
        for (int apart = counts.size() > COLORS ? 100 : 0; ; apart *= 2) {
            var palette = new int[COLORS];
            int size = 0;
            int left = 0;
            for (int color : byCount) {
                if (size >= SURFACES && apart > 0 && closest(palette, size, color) <= apart) {
                    continue;
                }
                if (size == COLORS) {
                    left++;
                    break;
                }
                palette[size++] = color;
            }
            if (left == 0) {
                return java.util.Arrays.copyOf(palette, size);
            }
        }
    }

    private static int nearest(int[] palette, int color) {
        int best = 0;
        for (int i = 1; i < palette.length; i++) {
            if (distance(palette[i], color) < distance(palette[best], color)) {
                best = i;
            }
        }
        return best;
    }

    private static int closest(int[] palette, int size, int color) {
        int best = Integer.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            best = Math.min(best, distance(palette[i], color));
        }
        return best;
    }

    private static int distance(int a, int b) {
        int red = (a >> 16 & 0xff) - (b >> 16 & 0xff);
        int green = (a >> 8 & 0xff) - (b >> 8 & 0xff);
        int blue = (a & 0xff) - (b & 0xff);
        return red * red + green * green + blue * blue;
    }
}
